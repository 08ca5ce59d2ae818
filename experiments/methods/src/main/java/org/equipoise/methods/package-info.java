/** Methods of the field, as lists of training stages. */
package org.equipoise.methods;
