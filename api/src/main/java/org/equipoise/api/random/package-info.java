/** Randomness by name. */
package org.equipoise.api.random;
