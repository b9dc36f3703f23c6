package io.omnihub.core.telemetry;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.IThrowableProxy;

/** The log as JSON, one object a line; {@code logback.xml} names it. */
public final class JsonLines extends JsonEncoder {

  public JsonLines() {
    setWithSequenceNumber(false);
    setWithNanoseconds(false);
    setWithContext(false);
    setWithMessage(false);
    setWithArguments(false);
    setWithFormattedMessage(true);
  }

  @Override
  protected void appendThrowableProxy(
      StringBuilder line, String name, IThrowableProxy failure, boolean separated) {
    super.appendThrowableProxy(line, name, WordlessThrowable.of(failure), separated);
  }
}
