/** The network: its layers, its flat parameters, its summary and its file. */
package org.shardmean.model;
