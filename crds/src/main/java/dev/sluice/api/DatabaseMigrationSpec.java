package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wanted. The rules between fields are in the CRD (see {@code CrdRules}). */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DatabaseMigrationSpec(
    @JsonPropertyDescription(
            "The migrations image: the Sluice runner with the changelog on top, as"
                + " registry/name:tag or name@sha256:digest. May be left out when"
                + " changelog.configMap is given; then the operator's default runner image is"
                + " used. With command or args: another tool's image.")
        @Size(min = 1, max = 512)
        @Nullable String image,
    @JsonPropertyDescription(
            "The version of the migrations that is asked for, at most 63 letters, digits, '-', '_'"
                + " and '.'. Default: the image's tag, else the first 12 hex digits of its digest."
                + " A revision that was applied to this target once is not run again, also when the"
                + " content under it changed: give new content a new revision.")
        @Size(min = 1, max = 63)
        @Nullable String revision,
    @JsonPropertyDescription(
            "What to apply: where the changelog is, and where the database keeps the history of it."
                + " Required, but with command or args, where the image itself knows.")
        @Nullable Changelog changelog,
    @JsonPropertyDescription(
            "Another tool's image: the program that is run instead of the image's own entry point,"
                + " not by a shell. $(PGHOST) and the others of the run contract are expanded,"
                + " $(PGPASSWORD) is refused.")
        @Size(min = 1, max = 32)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> command,
    @JsonPropertyDescription(
            "Another tool's image: the program's arguments; expanded as command is.")
        @Size(min = 1, max = 64)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> args,
    @JsonPropertyDescription(
            "Another tool's image: afterwards compare the tool's own history in the database with"
                + " the folder; a migration that it passed over, or that failed half-way, fails the"
                + " run. Default: what the tool's exit code says is believed.")
        @Nullable Verify verify,
    @JsonPropertyDescription("Where to apply it, and with which credentials.") @Required
        Database database,
    @JsonPropertyDescription(
            "Liquibase contexts, an expression such as \"prod and !test\". Default: every changeset"
                + " runs.")
        @Size(min = 1, max = 512)
        @Nullable String contexts,
    @JsonPropertyDescription(
            "Liquibase label filter, an expression such as \"shop or billing\". Default: every"
                + " changeset runs.")
        @Size(min = 1, max = 512)
        @Nullable String labels,
    @JsonPropertyDescription(
            "SQL folders only: what becomes of the history of the tool that migrated this database"
                + " before. Auto: it is taken over where there is no doubt. Drizzle, Flyway: the"
                + " tool that the folder is of. Never: a run that finds one is refused"
                + " (ForeignHistory). Default: Auto.")
        AdoptMode adopt,
    @JsonPropertyDescription(
            "SQL folders only: where a database begins that was migrated before, and has no history"
                + " of it.")
        @Nullable Baseline baseline,
    @JsonPropertyDescription("What a run may do and what it refuses.") Policy policy,
    @JsonPropertyDescription(
            "Manual: what is pending is only planned, into the log of the run's Job, until the"
                + " annotation sluice.dev/approve holds the digest of the plan"
                + " (status.plan.digest). run.deadline counts anew from then. Automatic: it is"
                + " applied at once. Default: Automatic.")
        ApprovalMode approval,
    @JsonPropertyDescription(
            "Before a run touches the database, its migrations are tried on an empty PostgreSQL"
                + " that is thrown away. Sluice's own runner only.")
        RehearsalSettings rehearsal,
    @JsonPropertyDescription("How long and how often to try.") RunSettings run,
    @JsonPropertyDescription(
            "Whether to look again, once it is Ready, what the database has: somebody may have"
                + " restored it. Ready stays True meanwhile. Default: never.")
        RecheckSettings recheck,
    @JsonPropertyDescription("Settings of the pod that runs the migrations.") PodSettings pod,
    @JsonPropertyDescription(
            "True: start no new run; a run in flight ends first. What is applied already stays"
                + " Ready. Default: false.")
        boolean suspend,
    @JsonPropertyDescription(
            "What becomes of a run in flight when this object is deleted. Wait: it ends first, at"
                + " run.deadline at the latest. Abort: it is stopped and its open transaction is"
                + " rolled back. Orphan: it goes on, and its Job goes a day after it ended."
                + " Deleting the namespace always stops it. Default: Wait.")
        DeletionPolicy deletionPolicy)
    implements Serializable {

  public DatabaseMigrationSpec {
    adopt = adopt == null ? AdoptMode.Auto : adopt;
    policy = policy == null ? Policy.DEFAULT : policy;
    approval = approval == null ? ApprovalMode.Automatic : approval;
    rehearsal = rehearsal == null ? RehearsalSettings.DEFAULT : rehearsal;
    run = run == null ? RunSettings.DEFAULT : run;
    recheck = recheck == null ? RecheckSettings.DEFAULT : recheck;
    pod = pod == null ? PodSettings.DEFAULT : pod;
    command = command == null ? List.of() : List.copyOf(command);
    args = args == null ? List.of() : List.copyOf(args);
    deletionPolicy = deletionPolicy == null ? DeletionPolicy.Wait : deletionPolicy;
  }

  /** Whether the image is another tool's, run by its command or its arguments. */
  public boolean ofAnotherTool() {
    return !command.isEmpty() || !args.isEmpty();
  }
}
