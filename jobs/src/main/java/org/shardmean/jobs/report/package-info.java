/** The jobs that show runs which were trained before. */
package org.shardmean.jobs.report;
