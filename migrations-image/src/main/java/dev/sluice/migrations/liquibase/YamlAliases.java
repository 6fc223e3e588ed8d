package dev.sluice.migrations.liquibase;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/** How large a YAML text is with each alias replaced by what it stands for, as Liquibase does. */
final class YamlAliases {
  private static final long MOST = 1_000_000;

  private final Map<String, Long> sizes = new HashMap<>();
  private final ArrayDeque<Open> open = new ArrayDeque<>();

  /** A collection that has begun, and the values in it so far. */
  private static final class Open {
    private final String anchor;
    private long size = 1;

    Open(String anchor) {
      this.anchor = anchor;
    }
  }

  private YamlAliases() {
    open.push(new Open(""));
  }

  /** More than any changelog has: reading it would not end. */
  static boolean areTooMany(String yaml) {
    return yaml.indexOf('*') >= 0 && yaml.indexOf('&') >= 0 && new YamlAliases().size(yaml) > MOST;
  }

  private long size(String yaml) {
    var options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    try {
      for (var event : new Yaml(options).parse(new StringReader(yaml))) {
        add(event);
        if (open.getLast().size > MOST) {
          break;
        }
      }
    } catch (YAMLException _) {
      return 0; // Liquibase will say so, with the place
    }
    return open.getLast().size;
  }

  private void add(Event event) {
    switch (event) {
      case CollectionStartEvent start -> open.push(new Open(String.valueOf(start.getAnchor())));
      case CollectionEndEvent _ -> {
        var ended = open.pop();
        sizes.put(ended.anchor, ended.size);
        count(ended.size);
      }
      case AliasEvent alias -> count(sizes.getOrDefault(alias.getAnchor(), 1L));
      case ScalarEvent _ -> count(1);
      default -> {
        // where documents and the text begin and end
      }
    }
  }

  private void count(long size) {
    open.element().size = Math.min(open.element().size + size, 2 * MOST);
  }
}
