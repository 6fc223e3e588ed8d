package dev.sluice.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** A page of the documents, which remembers what of its commands and manifests was tried. */
public final class Page {

  private static final Pattern BLOCK =
      Pattern.compile("(?m)^## (?<heading>.+)$|^```\\w+\\n(?<text>(?s:.*?))^```$");

  private record Block(String heading, String text) {}

  private final String path;
  private final List<Block> blocks;
  private final Set<Block> tried = ConcurrentHashMap.newKeySet();

  private Page(String path, List<Block> blocks) {
    this.path = path;
    this.blocks = blocks;
  }

  public static Page of(String path) {
    try {
      return new Page(
          path, blocks(Files.readString(Repository.ofThisBuild().root().resolve(path))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first block under a heading. */
  public String block(String heading) {
    return block(heading, 0);
  }

  /** One of the blocks under a heading, counted from 0. */
  public String block(String heading, int index) {
    var block =
        blocks.stream()
            .filter(b -> b.heading().equals(heading))
            .skip(index)
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "%s has no block %d under %s".formatted(path, index, heading)));
    tried.add(block);
    return block.text();
  }

  /** What was never asked for. */
  public List<String> untried() {
    return blocks.stream().filter(b -> !tried.contains(b)).map(Block::text).toList();
  }

  private static List<Block> blocks(String page) {
    var blocks = new ArrayList<Block>();
    var heading = "";
    for (var found = BLOCK.matcher(page); found.find(); ) {
      if (found.group("heading") == null) {
        blocks.add(new Block(heading, found.group("text")));
      } else {
        heading = found.group("heading");
      }
    }
    return blocks;
  }
}
