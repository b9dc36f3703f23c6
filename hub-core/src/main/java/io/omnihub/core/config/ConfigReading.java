package io.omnihub.core.config;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.Problem;
import io.omnihub.api.config.Secret;
import io.omnihub.api.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One reading of one document: makes the configuration and collects what is wrong with it. */
final class ConfigReading {
  private static final Pattern ACCOUNT_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern REGION = Pattern.compile("[A-Z]{2}");
  private static final Set<String> ROLES =
      Set.of("admin", "supervisor", "agent", "backend", "partner");
  private static final Set<String> SECTIONS =
      Set.of(
          "server",
          "store",
          "media",
          "retention",
          "subscriptions",
          "security",
          "channels",
          "backends",
          "routing");

  private final YamlTree tree;
  private final SpecCatalog catalog;
  private final List<Problem> problems;

  ConfigReading(YamlTree tree, SpecCatalog catalog) {
    this.tree = tree;
    this.catalog = catalog;
    problems = new ArrayList<>(tree.problems());
  }

  /** What was found wrong so far. */
  List<Problem> problems() {
    return problems;
  }

  HubConfig config() {
    for (String key : tree.root().keySet()) {
      if (!SECTIONS.contains(key)) {
        problem(key, "unknown section, expected one of " + String.join(", ", sorted(SECTIONS)));
      }
    }
    Settings server = resolve(Sections.SERVER, section(tree.root(), "server"), "server");
    Settings store = resolve(Sections.STORE, section(tree.root(), "store"), "store");
    Settings media = resolve(Sections.MEDIA, section(tree.root(), "media"), "media");
    Settings subscriptions =
        resolve(Sections.SUBSCRIPTIONS, section(tree.root(), "subscriptions"), "subscriptions");
    Map<String, AccountConfig> channels = accounts("channels");
    Map<String, AccountConfig> backends = accounts("backends");
    checkStore(store);
    return new HubConfig(
        new HubConfig.Server(
            server.text("host"),
            port(server),
            server.optionalAddress("public-url"),
            server.has("drain") ? server.duration("drain") : Duration.ofSeconds(20)),
        new HubConfig.Store(
            store.text("url"),
            store.text("user"),
            store.has("password") ? store.secret("password") : new Secret("")),
        new HubConfig.Media(
            Path.of(media.text("path")),
            media.has("max-size") ? media.size("max-size") : 0,
            media.has("allow-private") && media.flag("allow-private")),
        new HubConfig.Subscriptions(
            subscriptions.has("allow-private") && subscriptions.flag("allow-private")),
        retention(channels),
        apiKeys(),
        channels,
        backends,
        routing(channels, backends));
  }

  private Retention retention(Map<String, AccountConfig> channels) {
    Settings settings = resolve(Retention.SPEC, section(tree.root(), "retention"), "retention");
    Duration longest =
        channels.values().stream()
            .map(account -> catalog.maxRedeliveryAge(account.plugin()))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return Retention.of(settings, longest, problems::add);
  }

  private int port(Settings server) {
    long port = server.has("port") ? server.size("port") : 0;
    if (port < 0 || port > 65_535) {
      problem("server.port", "'" + port + "' is no port, expected 0 to 65535");
      return 0;
    }
    return (int) port;
  }

  private void checkStore(Settings store) {
    String url = store.text("url");
    if (!url.startsWith("jdbc:sqlite:") && !url.startsWith("jdbc:postgresql:")) {
      problem(
          "store.url",
          "is not understood, expected jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE");
    }
    if (url.contains("password=")) {
      problem("store.url", "holds a password, expected it in store.password");
    }
  }

  private Map<String, AccountConfig> accounts(String kind) {
    Map<String, AccountConfig> accounts = new LinkedHashMap<>();
    Map<String, Object> raw = section(tree.root(), kind);
    for (String id : raw.keySet()) {
      String path = kind + "." + id;
      if (!ACCOUNT_ID.matcher(id).matches()) {
        problem(path, "is no id, expected lower-case letters, digits and dashes");
      }
      account(kind, id, path, section(raw, id, path))
          .ifPresent(account -> accounts.put(id, account));
    }
    return accounts;
  }

  private Optional<AccountConfig> account(
      String kind, String id, String path, Map<String, Object> raw) {
    Map<String, Object> settings = new HashMap<>(raw);
    Object plugin = settings.remove("plugin");
    boolean channel = kind.equals("channels");
    Collection<String> installed = channel ? catalog.channels() : backendNames();
    if (plugin == null) {
      problem(path, "plugin is required, expected one of " + String.join(", ", sorted(installed)));
      return Optional.empty();
    }
    Optional<ConfigSpec> spec =
        channel ? channelSpec(plugin.toString()) : backendSpec(plugin.toString());
    if (spec.isEmpty()) {
      problem(
          path + ".plugin",
          "there is no plugin '"
              + plugin
              + "', expected one of "
              + String.join(", ", sorted(installed)));
      return Optional.empty();
    }
    if (channel) {
      // so that defaults inside of it count although it is not there
      settings.putIfAbsent("rate", Map.of());
    }
    Settings resolved = resolve(spec.get(), settings, path);
    if (channel) {
      Rate.problems(resolved).forEach(problem -> problems.add(problem.under(path)));
    }
    if (channel && resolved.has("region") && !REGION.matcher(resolved.text("region")).matches()) {
      problem(path + ".region", "is no country, expected two capital letters such as CN or DE");
    }
    return Optional.of(new AccountConfig(id, plugin.toString(), resolved));
  }

  private Settings resolve(ConfigSpec spec, Map<String, Object> raw, String path) {
    ConfigSpec.Resolution resolution = spec.resolve(raw);
    resolution.problems().forEach(problem -> problems.add(problem.under(path)));
    return resolution.settings();
  }

  private List<HubConfig.ApiKey> apiKeys() {
    Map<String, Object> security = section(tree.root(), "security");
    for (String key : security.keySet()) {
      if (!key.equals("api-keys")) {
        problem("security." + key, "unknown setting, expected one of api-keys");
      }
    }
    List<HubConfig.ApiKey> keys = new ArrayList<>();
    List<?> raw = list(security, "api-keys", "security.api-keys");
    for (int i = 0; i < raw.size(); i++) {
      String path = "security.api-keys." + i;
      if (raw.get(i) instanceof Map<?, ?> entry) {
        keys.add(apiKey(entry, path));
      } else {
        problem(path, "expected { name, role, key }");
      }
    }
    return keys;
  }

  private HubConfig.ApiKey apiKey(Map<?, ?> entry, String path) {
    onlyKeys(entry, Set.of("name", "role", "key"), path);
    String role = word(entry, "role", path);
    if (!role.isEmpty() && !ROLES.contains(role)) {
      problem(
          path + ".role",
          "there is no role '" + role + "', expected one of " + String.join(", ", sorted(ROLES)));
    }
    return new HubConfig.ApiKey(
        word(entry, "name", path), role, new Secret(word(entry, "key", path)));
  }

  private List<HubConfig.Rule> routing(
      Map<String, AccountConfig> channels, Map<String, AccountConfig> backends) {
    List<HubConfig.Rule> rules = new ArrayList<>();
    List<?> raw = list(tree.root(), "routing", "routing");
    for (int i = 0; i < raw.size(); i++) {
      String path = "routing." + i;
      if (raw.get(i) instanceof Map<?, ?> rule) {
        rules.add(rule(rule, path, channels, backends));
      } else {
        problem(path, "expected { when: { channel }, to: [backends] }");
      }
    }
    return rules;
  }

  private HubConfig.Rule rule(
      Map<?, ?> rule,
      String path,
      Map<String, AccountConfig> channels,
      Map<String, AccountConfig> backends) {
    String channel = "";
    onlyKeys(rule, Set.of("when", "to"), path);
    if (rule.get("when") != null && !(rule.get("when") instanceof Map<?, ?>)) {
      problem(path + ".when", "expected { channel: an account id or a plugin }");
    }
    if (rule.get("when") instanceof Map<?, ?> when) {
      onlyKeys(when, Set.of("channel"), path + ".when");
      channel = when.isEmpty() ? "" : word(when, "channel", path + ".when");
      boolean known =
          channel.isEmpty()
              || channels.containsKey(channel)
              || catalog.channels().contains(channel);
      if (!known) {
        problem(
            path + ".when.channel",
            "there is no channel '" + channel + "', expected an account id or a plugin");
      }
    }
    List<String> to = list(rule, "to", path + ".to").stream().map(String::valueOf).toList();
    if (to.isEmpty()) {
      problem(path, "to is required, expected a list of backends");
    }
    for (String backend : to) {
      if (!backends.containsKey(backend)) {
        problem(
            path + ".to",
            "there is no backend '"
                + backend
                + "', expected one of "
                + String.join(", ", sorted(backends.keySet())));
      }
    }
    return new HubConfig.Rule(channel, to);
  }

  private void onlyKeys(Map<?, ?> map, Set<String> known, String path) {
    for (Object key : map.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        problem(
            path + "." + key,
            "unknown setting, expected one of " + String.join(", ", sorted(known)));
      }
    }
  }

  private String word(Map<?, ?> map, String key, String path) {
    Object value = map.get(key);
    if (value instanceof Map || value instanceof List) {
      problem(path + "." + key, "expected a text");
      return "";
    }
    if (value == null || value.toString().isBlank()) {
      problem(path, key + " is required");
      return "";
    }
    return value.toString();
  }

  private Map<String, Object> section(Map<String, Object> map, String key) {
    return section(map, key, key);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> section(Map<String, Object> map, String key, String path) {
    Object value = map.get(key);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map) {
      return (Map<String, Object>) value;
    }
    problem(path, "expected a section with settings");
    return Map.of();
  }

  private List<?> list(Map<?, ?> map, String key, String path) {
    Object value = map.get(key);
    if (value == null || value instanceof List<?>) {
      return value == null ? List.of() : (List<?>) value;
    }
    problem(path, "expected a list");
    return List.of();
  }

  private void problem(String path, String message) {
    problems.add(new Problem(path, message));
  }

  private Optional<ConfigSpec> channelSpec(String plugin) {
    return catalog.channel(plugin).map(spec -> withCommon(spec, Sections.EVERY_CHANNEL));
  }

  private Optional<ConfigSpec> backendSpec(String plugin) {
    return plugin.equals("desk")
        ? Optional.of(Sections.DESK)
        : catalog.backend(plugin).map(spec -> withCommon(spec, Sections.EVERY_BACKEND));
  }

  private Collection<String> backendNames() {
    List<String> names = new ArrayList<>(catalog.backends());
    names.add("desk");
    return names;
  }

  /** A plugin may declare a common setting itself, with another default. */
  private static ConfigSpec withCommon(ConfigSpec own, ConfigSpec common) {
    Set<String> declared =
        own.settings().stream()
            .map(setting -> setting.key())
            .collect(java.util.stream.Collectors.toSet());
    return own.and(common.without(declared));
  }

  private static List<String> sorted(Collection<String> words) {
    return words.stream().sorted().toList();
  }
}
