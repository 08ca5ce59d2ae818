/** Random changes of training images, a whole batch at a time. */
package org.equipoise.experiments.data.augmentation;
