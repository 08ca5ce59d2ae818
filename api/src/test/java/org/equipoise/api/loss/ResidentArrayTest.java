package org.equipoise.api.loss;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of arrays that no manager owns; without an engine. */
class ResidentArrayTest {

  private static final int COLLECTIONS = 100;

  private final List<String> calls = new ArrayList<>();
  private final CountDownLatch ownClosed = new CountDownLatch(1);

  @Test
  void should_close_what_it_copied_and_own_the_copy() {
    ResidentArray resident = ResidentArray.copyOf(array("lent"));

    assertThat(calls).containsExactly("lent duplicate", "own detach", "lent close");
    assertThat(resident.appliedTo(array("other"), (first, second) -> second)).isNotNull();
    assertThat(ownClosed.getCount()).isOne();
  }

  @Test
  void should_fit_arrays_of_its_dtype_and_device_alone() {
    ResidentArray resident = ResidentArray.copyOf(array("lent"));

    assertThat(resident.fits(array("other", DataType.FLOAT32, Device.cpu()))).isTrue();
    assertThat(resident.fits(array("other", DataType.FLOAT64, Device.cpu()))).isFalse();
    assertThat(resident.fits(array("other", DataType.FLOAT32, Device.gpu()))).isFalse();
  }

  @Test
  void should_free_the_array_once_nobody_holds_it() throws InterruptedException {
    ResidentArray.copyOf(array("lent"));

    for (int i = 0; i < COLLECTIONS && ownClosed.getCount() > 0; i++) {
      System.gc();
      ownClosed.await(100, TimeUnit.MILLISECONDS);
    }
    assertThat(ownClosed.getCount()).isZero();
  }

  private NDArray array(String name) {
    return array(name, DataType.FLOAT32, Device.cpu());
  }

  private NDArray array(String name, DataType type, Device device) {
    return (NDArray)
        Proxy.newProxyInstance(
            NDArray.class.getClassLoader(),
            new Class<?>[] {NDArray.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getDataType" -> type;
                  case "getDevice" -> device;
                  default -> {
                    calls.add(name + " " + method.getName());
                    if (name.equals("own") && method.getName().equals("close")) {
                      ownClosed.countDown();
                    }
                    yield method.getName().equals("duplicate") ? array("own") : null;
                  }
                });
  }
}
