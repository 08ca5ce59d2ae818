/** Published archives of data sets: fetched once, checked, unpacked, and only if asked for. */
package org.equipoise.experiments.data.download;
