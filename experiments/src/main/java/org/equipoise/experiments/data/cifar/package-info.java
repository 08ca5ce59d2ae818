/** CIFAR-10 and CIFAR-100 in their official binary form, long-tailed as the papers make them. */
package org.equipoise.experiments.data.cifar;
