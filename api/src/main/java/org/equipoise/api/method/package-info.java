/** Methods: lists of training stages, as data. */
package org.equipoise.api.method;
