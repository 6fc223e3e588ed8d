package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/** A script as Argo CD runs one: an object in, a table out, and none of Lua's string library. */
record Lua(String script) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static Lua of(Path file) {
    try {
      return new Lua(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode run(JsonNode object) {
    var globals = new Globals();
    globals.load(new BaseLib());
    globals.load(new PackageLib());
    globals.load(new TableLib());
    LoadState.install(globals);
    LuaC.install(globals);
    globals.set("obj", lua(object));
    return json(globals.load(script, "script").call());
  }

  /** The same, where an empty list is an empty table, as it is in Lua. */
  static JsonNode normal(JsonNode object) {
    return json(lua(object));
  }

  private static LuaValue lua(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var table = new LuaTable();
        node.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
        yield table;
      }
      case ARRAY -> {
        var table = new LuaTable();
        node.forEach(item -> table.set(table.length() + 1, lua(item)));
        yield table;
      }
      case NUMBER -> LuaValue.valueOf(node.doubleValue());
      case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
      case STRING -> LuaValue.valueOf(node.textValue());
      case NULL, MISSING -> LuaValue.NIL;
      case BINARY, POJO -> throw new IllegalArgumentException("not of JSON: " + node);
    };
  }

  private static JsonNode json(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TBOOLEAN -> JSON.booleanNode(value.toboolean());
      case LuaValue.TNUMBER -> JSON.numberNode(value.todouble());
      case LuaValue.TSTRING -> JSON.textNode(value.tojstring());
      case LuaValue.TTABLE -> value.length() > 0 ? array(value) : object(value);
      default -> throw new IllegalArgumentException("not of JSON: " + value);
    };
  }

  private static JsonNode array(LuaValue table) {
    var array = JSON.arrayNode();
    for (var i = 1; i <= table.length(); i++) {
      array.add(json(table.get(i)));
    }
    return array;
  }

  private static JsonNode object(LuaValue table) {
    var object = JSON.objectNode();
    for (Varargs at = table.next(LuaValue.NIL); !at.arg1().isnil(); at = table.next(at.arg1())) {
      object.set(at.arg1().tojstring(), json(at.arg(2)));
    }
    return object;
  }
}
