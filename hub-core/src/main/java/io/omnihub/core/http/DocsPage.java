package io.omnihub.core.http;

import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The API's description as a page that a person can read. Pure. */
final class DocsPage {
  private static final String HEAD =
      """
      <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>Omnihub API</title><style>
      body{font:14px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2127;background:#fff}
      h1{font-size:28px}h2{font-size:16px;margin:2rem 0 .25rem}code{background:#f0f2f4;border-radius:4px;padding:1px 4px}
      .m{display:inline-block;min-width:4rem;font-weight:600}p{margin:.25rem 0 0}li{margin:.125rem 0}
      @media(prefers-color-scheme:dark){body{background:#15181c;color:#e4e7eb}code{background:#262b31}}</style>
      """;

  private DocsPage() {}

  @SuppressWarnings("unchecked")
  static String of(String openapi) {
    Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(openapi);
    Map<String, Object> info = (Map<String, Object>) root.get("info");
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<h1>")
        .append(escape(info.get("title")))
        .append("</h1><p>")
        .append(escape(info.get("description")));
    page.append("</p><p>The same for machines: <a href=\"openapi.yaml\">openapi.yaml</a></p>");
    Map<String, Map<String, Object>> paths = (Map<String, Map<String, Object>>) root.get("paths");
    paths.forEach(
        (path, operations) ->
            operations.forEach(
                (method, operation) -> {
                  if (operation instanceof Map<?, ?> described && !method.equals("parameters")) {
                    operation(page, path, method, (Map<String, Object>) described);
                  }
                }));
    return page.toString();
  }

  @SuppressWarnings("unchecked")
  private static void operation(
      StringBuilder page, String path, String method, Map<String, Object> operation) {
    page.append("<h2><span class=m>")
        .append(escape(method.toUpperCase(java.util.Locale.ROOT)))
        .append("</span> <code>");
    page.append(escape(path))
        .append("</code></h2><p>")
        .append(escape(operation.get("summary")))
        .append("</p>");
    if (operation.get("description") != null) {
      page.append("<p>").append(escape(operation.get("description"))).append("</p>");
    }
    if (operation.get("responses") instanceof Map<?, ?> responses) {
      page.append("<ul>");
      ((Map<Object, Object>) responses)
          .forEach(
              (status, response) -> {
                Object what = response instanceof Map<?, ?> map ? map.get("description") : null;
                page.append("<li><code>")
                    .append(escape(status))
                    .append("</code> ")
                    .append(escape(what))
                    .append("</li>");
              });
      page.append("</ul>");
    }
  }

  private static String escape(Object value) {
    return value == null
        ? ""
        : value
            .toString()
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
  }
}
