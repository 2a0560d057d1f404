package dev.tributary.coordinator.app;

import dev.tributary.config.ConfigurationException;
import dev.tributary.coordinator.engine.FirstWeights;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.InitialModel;
import dev.tributary.coordinator.store.FederationMemory;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.export.JsonModelFile;
import dev.tributary.export.TribuoModelFile;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.WeightTransfer;
import dev.tributary.update.FederationId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the models that federations begin with. */
final class InitialModels {
    private final FederationStore store;
    private final Map<FederationId, FirstWeights> found = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private InitialModels(FederationStore store) {
        this.store = store;
    }

    /**
     * The weights of the federations that are given some and have no model of their own yet.
     *
     * @throws ConfigurationException naming every model that is not there, or does not fit its federation
     */
    static Map<FederationId, FirstWeights> of(List<FederationDefinition> federations, FederationStore store) {
        InitialModels models = new InitialModels(store);
        federations.forEach(models::find);
        if (!models.problems.isEmpty()) {
            throw new ConfigurationException(models.problems);
        }
        return Map.copyOf(models.found);
    }

    private void find(FederationDefinition federation) {
        boolean hasModel =
                store.memory(federation.id()).flatMap(FederationMemory::model).isPresent();
        if (federation.initialModel().isEmpty() || hasModel) {
            return;
        }
        InitialModel initial = federation.initialModel().get();
        try {
            found.put(
                    federation.id(),
                    initial instanceof InitialModel.InFile one
                            ? inFile(one.file(), federation.schema())
                            : earlier((InitialModel.Earlier) initial, federation.schema()));
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> problems.add(federation.id() + ": initialModel: " + problem));
        } catch (IllegalArgumentException e) {
            problems.add(federation.id() + ": initialModel: " + e.getMessage());
        }
    }

    private static FirstWeights inFile(Path file, ModelSchema schema) {
        if (isJson(file)) {
            return fitting(file.toString(), JsonModelFile.read(file), schema);
        }
        return new FirstWeights.Standardised(TribuoModelFile.readWeights(file, schema));
    }

    private static boolean isJson(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == '{';
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private FirstWeights earlier(InitialModel.Earlier source, ModelSchema schema) {
        GlobalModel model = store.model(source.federation(), source.version())
                .map(ModelVersion::model)
                .orElseThrow(() -> new IllegalArgumentException(source
                        + ": the database has no such version of that federation, or no longer; `tributary models list"
                        + " --federation " + source.federation() + "` lists those it has"));
        return fitting(source.toString(), model, schema);
    }

    private static FirstWeights fitting(String what, GlobalModel model, ModelSchema schema) {
        WeightTransfer.refusal(model.schema(), schema).ifPresent(reason -> {
            throw new IllegalArgumentException(what + ": " + reason);
        });
        return new FirstWeights.Earlier(model);
    }
}
