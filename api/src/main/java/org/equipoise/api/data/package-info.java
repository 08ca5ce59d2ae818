/** Data sets, augmentations and batch transforms. */
package org.equipoise.api.data;
