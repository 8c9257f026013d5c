/**
 * From a command line to a job that runs: options, defaults, Spark, errors, exit codes. Only this
 * package uses picocli.
 */
package org.shardmean.jobs.command;
