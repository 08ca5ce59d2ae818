/** What every part has: a name, a description, an explanation. */
package org.equipoise.api;
