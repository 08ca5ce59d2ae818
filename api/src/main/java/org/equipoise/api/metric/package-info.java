/** Metrics that merge: plain arrays in, numbers out, no engine. */
package org.equipoise.api.metric;
