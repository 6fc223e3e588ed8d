package dev.sluice.migrations.liquibase;

import java.util.Map;
import java.util.TreeMap;
import liquibase.Scope;
import liquibase.change.ChangeFactory;
import liquibase.change.DatabaseChange;
import liquibase.change.custom.CustomChange;
import liquibase.change.custom.CustomChangeWrapper;
import liquibase.database.Database;
import liquibase.exception.CustomChangeException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.exception.ValidationErrors;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import liquibase.resource.ResourceAccessor;
import liquibase.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * A {@code customChange} while one only looks: its class is named and not loaded. Liquibase makes
 * it, so it is public; outside of a {@link LiquibaseScope} that only looks it supports nothing.
 */
@DatabaseChange(name = "customChange", description = "not loaded", priority = 100)
public final class UnloadedCustomChange extends CustomChangeWrapper {
  /** In the scope of Liquibase when one only looks. */
  static final String LOOKING = "dev.sluice.looking";

  private final Map<String, String> values = new TreeMap<>();
  private @Nullable String named;

  /** Does nothing; stands where Liquibase wants an instance. */
  public static final class Nothing implements CustomChange {
    @Override
    public String getConfirmationMessage() {
      return "";
    }

    @Override
    public void setUp() {}

    @Override
    public void setFileOpener(ResourceAccessor files) {}

    @Override
    public ValidationErrors validate(Database database) {
      return new ValidationErrors();
    }
  }

  /** Liquibase makes this from now on where its scope says that one only looks. */
  static void standsIn() {
    Scope.getCurrentScope().getSingleton(ChangeFactory.class).register(new UnloadedCustomChange());
  }

  @Override
  public boolean supports(Database database) {
    return Scope.getCurrentScope().get(LOOKING, false);
  }

  @Override
  public CustomChangeWrapper setClass(String className) throws CustomChangeException {
    named = className;
    return super.setClass(Nothing.class.getName());
  }

  @Override
  public @Nullable String getClassName() {
    return named;
  }

  @Override
  public void setParam(String name, String value) {
    values.put(name, value);
  }

  @Override
  public @Nullable String getParamValue(String name) {
    return values.get(name);
  }

  /** The class would say which attributes it takes: here all of them count. */
  @Override
  public void customLoadLogic(ParsedNode node, ResourceAccessor files) throws ParsedNodeException {
    super.customLoadLogic(node, files);
    for (var child : node.getChildren()) {
      if (child.getValue() != null && !child.getName().equals("class")) {
        setParam(child.getName(), child.getValue().toString());
      }
    }
  }

  @Override
  public Object getSerializableFieldValue(String field) {
    return field.equals("param") ? values : super.getSerializableFieldValue(field);
  }

  @Override
  public SqlStatement[] generateStatements(Database database) {
    throw new UnexpectedLiquibaseException("a change whose class isn't loaded can't run");
  }
}
