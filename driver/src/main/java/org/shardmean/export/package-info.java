/** A saved network in the formats of other programs: ONNX, NumPy, CSV, DL4J. */
package org.shardmean.export;
