package io.omnihub.api.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings that a plugin understands, with their types, defaults and sentences. */
public final class ConfigSpec {
  private final List<Setting> settings;

  private ConfigSpec(List<Setting> settings) {
    this.settings = List.copyOf(settings);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** All settings in the order in which they were declared. */
  public List<Setting> settings() {
    return settings;
  }

  /** These settings and then those of another spec. */
  public ConfigSpec and(ConfigSpec other) {
    List<Setting> both = new ArrayList<>(settings);
    both.addAll(other.settings);
    return new ConfigSpec(both);
  }

  /** These settings but for those with the keys. */
  public ConfigSpec without(Set<String> keys) {
    return new ConfigSpec(
        settings.stream().filter(setting -> !keys.contains(setting.key())).toList());
  }

  /** Checks what a file holds; every problem is told, not only the first. */
  public Resolution resolve(Map<String, ?> raw) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Setting setting : settings) {
      resolve(setting, raw.get(setting.key()), values, problems);
    }
    for (String key : raw.keySet()) {
      if (find(key).isEmpty()) {
        problems.add(new Problem(key, "unknown setting" + suggestion()));
      }
    }
    return new Resolution(new Settings(values), List.copyOf(problems));
  }

  private static void resolve(
      Setting setting, Object given, Map<String, Object> values, List<Problem> problems) {
    Object raw = given == null && !setting.fallback().isEmpty() ? setting.fallback() : given;
    if (raw == null || "".equals(raw)) {
      if (setting.required()) {
        problems.add(new Problem(setting.key(), "is required: " + setting.sentence()));
      }
      return;
    }
    if (setting.type() == SettingType.SECTION) {
      resolveSection(setting, raw, values, problems);
      return;
    }
    try {
      Object value = setting.type().parse(raw);
      if (setting.type() == SettingType.CHOICE && !setting.allowed().contains(value)) {
        throw new IllegalArgumentException(
            "expected one of " + String.join(", ", setting.allowed()));
      }
      values.put(setting.key(), value);
    } catch (IllegalArgumentException e) {
      String shown = setting.secret() ? "" : "'" + abbreviate(raw) + "' is not understood, ";
      problems.add(new Problem(setting.key(), shown + e.getMessage()));
    }
  }

  private static void resolveSection(
      Setting setting, Object raw, Map<String, Object> values, List<Problem> problems) {
    if (!(raw instanceof Map<?, ?> map)) {
      problems.add(new Problem(setting.key(), "expected a section with settings"));
      return;
    }
    Map<String, Object> inner = new LinkedHashMap<>();
    map.forEach((key, value) -> inner.put(String.valueOf(key), value));
    Resolution resolution = setting.section().resolve(inner);
    resolution.problems().forEach(problem -> problems.add(problem.under(setting.key())));
    values.put(setting.key(), resolution.settings());
  }

  private Optional<Setting> find(String key) {
    return settings.stream().filter(setting -> setting.key().equals(key)).findFirst();
  }

  private String suggestion() {
    String known = settings.stream().map(Setting::key).collect(Collectors.joining(", "));
    return known.isEmpty() ? ", none is expected here" : ", expected one of " + known;
  }

  private static String abbreviate(Object raw) {
    String text = raw.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  /**
   * Checked settings and what is wrong with them; use the settings only when there is no problem.
   */
  public record Resolution(Settings settings, List<Problem> problems) {

    /**
     * The settings.
     *
     * @throws IllegalArgumentException naming every problem
     */
    public Settings orThrow() {
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(
            problems.stream()
                .map(problem -> problem.path() + ": " + problem.message())
                .collect(Collectors.joining("; ")));
      }
      return settings;
    }
  }

  /** Declares settings one by one. */
  public static final class Builder {
    private final List<Setting> settings = new ArrayList<>();

    private Builder() {}

    public Builder required(String key, SettingType type, String sentence) {
      return add(key, type, true, false, "", sentence, List.of(), null);
    }

    public Builder optional(String key, SettingType type, String sentence) {
      return add(key, type, false, false, "", sentence, List.of(), null);
    }

    /** A setting with a value when none is given, written as in the file. */
    public Builder withDefault(String key, SettingType type, String fallback, String sentence) {
      return add(key, type, false, false, fallback, sentence, List.of(), null);
    }

    public Builder requiredSecret(String key, String sentence) {
      return add(key, SettingType.TEXT, true, true, "", sentence, List.of(), null);
    }

    public Builder optionalSecret(String key, String sentence) {
      return add(key, SettingType.TEXT, false, true, "", sentence, List.of(), null);
    }

    /** Several secrets that are valid at once. */
    public Builder secrets(String key, String sentence) {
      return add(key, SettingType.TEXTS, false, true, "", sentence, List.of(), null);
    }

    /** One of a few words; the first is the default. */
    public Builder choice(String key, String sentence, String first, String... others) {
      List<String> allowed = new ArrayList<>(List.of(first));
      allowed.addAll(List.of(others));
      return add(key, SettingType.CHOICE, false, false, first, sentence, allowed, null);
    }

    /** One of a few words, or none. */
    public Builder optionalChoice(String key, String sentence, String... allowed) {
      return add(key, SettingType.CHOICE, false, false, "", sentence, List.of(allowed), null);
    }

    public Builder section(String key, boolean required, String sentence, ConfigSpec inner) {
      return add(key, SettingType.SECTION, required, false, "", sentence, List.of(), inner);
    }

    public ConfigSpec build() {
      return new ConfigSpec(settings);
    }

    private Builder add(
        String key,
        SettingType type,
        boolean required,
        boolean secret,
        String fallback,
        String sentence,
        List<String> allowed,
        ConfigSpec inner) {
      settings.add(new Setting(key, type, required, secret, fallback, sentence, allowed, inner));
      return this;
    }
  }
}
