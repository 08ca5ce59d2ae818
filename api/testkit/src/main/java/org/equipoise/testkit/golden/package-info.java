/**
 * Golden cases: reference numbers as JSON files, and who owns which.
 *
 * <p>The files are those of the folder {@code methods} below the folder that the system property
 * {@code equipoise.golden} names; without it, those that ship with the testkit. Another folder of
 * the same layout works with no change: nothing depends on a file name, a count or a value.
 */
package org.equipoise.testkit.golden;
