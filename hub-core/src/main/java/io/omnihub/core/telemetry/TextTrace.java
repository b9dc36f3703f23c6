package io.omnihub.core.telemetry;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;

/** The stack trace of a failure in the log of text; {@code logback.xml} names it. */
public final class TextTrace extends ThrowableProxyConverter {

  @Override
  protected String throwableProxyToString(IThrowableProxy failure) {
    return super.throwableProxyToString(WordlessThrowable.of(failure));
  }
}
