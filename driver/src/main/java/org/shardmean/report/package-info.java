/** From a run's records to HTML, CSV and JSON. */
package org.shardmean.report;
