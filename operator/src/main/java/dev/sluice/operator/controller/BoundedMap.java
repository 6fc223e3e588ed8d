package dev.sluice.operator.controller;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is remembered of the latest 10,000 objects; the eldest is forgotten first. */
public final class BoundedMap<V> extends LinkedHashMap<String, V> {
  private static final long serialVersionUID = 1L;
  private static final int OBJECTS = 10_000;

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
    return size() > OBJECTS;
  }
}
