/** What crosses modules: the launcher, real clusters, faults. */
package org.shardmean.tests;
