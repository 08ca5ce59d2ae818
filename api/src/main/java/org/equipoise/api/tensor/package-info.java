/** What DJL's arrays need beside DJL. */
package org.equipoise.api.tensor;
