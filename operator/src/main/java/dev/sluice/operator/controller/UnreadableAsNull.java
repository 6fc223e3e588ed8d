package dev.sluice.operator.controller;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A spec or status that can't be read comes as null. Without this, one such object would stop the
 * watch of all of them, and with it the operator.
 */
public final class UnreadableAsNull extends SimpleModule {
  private static final long serialVersionUID = 1L;
  private static final Set<Class<?>> KINDS =
      Set.of(DatabaseMigrationSpec.class, DatabaseMigrationStatus.class);

  public UnreadableAsNull() {
    setDeserializerModifier(new Modifier());
  }

  private static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> reader) {
      return KINDS.contains(bean.getBeanClass()) ? new Reader(reader) : reader;
    }
  }

  private static final class Reader extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    Reader(JsonDeserializer<?> reader) {
      super(reader);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
      return new Reader(reader);
    }

    @Override
    public @Nullable Object deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      // the whole value is read first: what follows it in the stream isn't lost with it
      JsonNode tree = context.readTree(json);
      try (var value = tree.traverse(json.getCodec())) {
        value.nextToken();
        return super.deserialize(value, context);
      } catch (JacksonException e) {
        return null;
      }
    }
  }
}
