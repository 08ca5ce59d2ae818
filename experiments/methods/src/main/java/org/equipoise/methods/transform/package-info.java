/** Batch transforms: changes of a batch that mix its examples. */
package org.equipoise.methods.transform;
