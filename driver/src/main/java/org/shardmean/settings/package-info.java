/** Every setting of a training, declared once; and from what was given to a run's configuration. */
package org.shardmean.settings;
