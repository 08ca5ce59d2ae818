/** The equipoise command. */
package org.equipoise.cli;
