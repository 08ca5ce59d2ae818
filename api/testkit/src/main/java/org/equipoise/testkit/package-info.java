/**
 * Contract suites for implementers: a test class implements the contract of its part, says which
 * part, and inherits the tests.
 *
 * <pre>{@code
 * class BalancedSoftmaxTest implements LossContract {
 *   public LossSpec spec() {
 *     return new BalancedSoftmax();
 *   }
 *
 *   public String expectedTypeName() {
 *     return "balanced-softmax";
 *   }
 * }
 * }</pre>
 *
 * <p>Nothing here names an engine: whichever DJL engine is on the test class path is used. Random
 * tests say in a failure's message how to repeat it: {@code -Dequipoise.seed=...}.
 */
package org.equipoise.testkit;
