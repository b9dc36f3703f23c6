package io.omnihub.core;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.omnihub.core.Launch.UsageException;
import java.util.ServiceLoader;
import java.util.Set;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line. Exit codes: 0 fine, 1 failed while running, 2 bad usage or configuration. */
@Command(
    name = "omnihub",
    description = "A hub that joins channels, people, bots and agents.",
    subcommands = {
      Commands.Serve.class,
      Commands.Check.class,
      Commands.Plugins.class,
      Commands.KeysCommand.class,
      StoreCommand.class,
      Commands.Version.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Omnihub {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show more in the log, and stack traces of failures.")
  void debug(boolean on) {
    if (on) {
      ((Logger) LoggerFactory.getLogger("io.omnihub")).setLevel(Level.DEBUG);
      System.setProperty("omnihub.debug", "true");
    }
  }

  /** A command that another part of the distribution adds. */
  public interface Extra {}

  private static final Set<String> LOGS = Set.of("text", "json");

  public static void main(String[] arguments) {
    String log = System.getenv().getOrDefault("OMNIHUB_LOG", "text");
    if (!LOGS.contains(log)) {
      System.err.println("omnihub: OMNIHUB_LOG is '" + log + "', expected text or json");
      System.exit(2);
    }
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    int code = run(arguments);
    if (code != 0 || !Commands.Serve.running()) {
      System.exit(code);
    }
  }

  /** Runs a command; answers its exit code. */
  static int run(String... arguments) {
    CommandLine line = new CommandLine(new Omnihub());
    ServiceLoader.load(Extra.class).forEach(line::addSubcommand);
    line.setExecutionExceptionHandler((failure, command, parsed) -> fail(command, failure));
    line.setParameterExceptionHandler(
        (failure, given) -> {
          failure
              .getCommandLine()
              .getErr()
              .println("omnihub: " + failure.getMessage() + " (see omnihub help)");
          return 2;
        });
    return line.execute(arguments);
  }

  private static int fail(CommandLine command, Exception failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    command.getErr().println("omnihub: " + message.lines().findFirst().orElse(""));
    if (Boolean.getBoolean("omnihub.debug")) {
      failure.printStackTrace(command.getErr());
    }
    return failure instanceof UsageException ? 2 : 1;
  }
}
