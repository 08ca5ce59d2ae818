/** Image files on their way to pixels: checked, decoded, framed, resampled. */
package org.equipoise.experiments.data.images;
