package io.omnihub.channel.email;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Everything that our own classes log while it is open, down to the finest level. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.omnihub");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  LogLines() {
    start();
    logger.addAppender(this);
    logger.setLevel(Level.TRACE);
  }

  List<String> all() {
    return List.copyOf(lines);
  }

  boolean contain(String words) {
    return lines.stream().anyMatch(line -> line.contains(words));
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getFormattedMessage());
  }

  @Override
  public void close() {
    logger.setLevel(null);
    logger.detachAppender(this);
    stop();
  }
}
