package io.omnihub.backend.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Action;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.TurnResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads what a bot answered: all of its actions, or none. */
final class HttpBotAnswer {
  private static final ObjectReader READER = reader();

  private HttpBotAnswer() {}

  static TurnResult read(int status, byte[] body) {
    return switch (status) {
      case 202 -> new TurnResult.Deferred();
      case 204 -> new TurnResult.Answered(List.of());
      case 200 -> actions(body);
      default -> HttpBotErrors.ofStatus(status);
    };
  }

  private static TurnResult actions(byte[] body) {
    JsonNode given;
    try {
      given = READER.readTree(body).path("actions");
    } catch (IOException e) {
      return invalid("the answer is not JSON");
    }
    if (!given.isArray()) {
      return invalid("actions: is missing, expected a list");
    }
    List<Action> actions = new ArrayList<>();
    for (JsonNode action : given) {
      String problem = add(action, actions);
      if (!problem.isEmpty()) {
        return invalid("action " + actions.size() + ": " + problem);
      }
    }
    return new TurnResult.Answered(actions);
  }

  /** Adds an action; returns what is wrong with it, empty when nothing is. */
  private static String add(JsonNode json, List<Action> actions) {
    if (!json.isObject()) {
      return "is not understood, expected an object";
    }
    if (!json.path("type").isTextual()) {
      return "type: is missing, expected a text";
    }
    try {
      actions.add(READER.treeToValue(json, Action.class));
      return "";
    } catch (JsonProcessingException e) {
      return where(e) + what(e);
    }
  }

  private static TurnResult invalid(String detail) {
    return new TurnResult.Failed(Failure.of(Failure.Code.PROTOCOL, detail));
  }

  private static String where(JsonProcessingException e) {
    StringBuilder field = new StringBuilder();
    if (e instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        String name = step.getFieldName();
        field.append(name == null ? "[" + step.getIndex() + "]" : "." + name);
      }
    }
    return field.isEmpty() ? "" : field.substring(1) + ": ";
  }

  /** Says nothing of the values, which are what the bot wants to tell the customer. */
  private static String what(JsonProcessingException e) {
    return switch (e) {
      case InvalidTypeIdException unknown -> "its type is unknown";
      case ValueInstantiationException refused
          when refused.getCause() instanceof IllegalArgumentException rule ->
          rule.getMessage().split("(, got|: )", 2)[0];
      default -> "is not understood";
    };
  }

  /** Unlike what the hub reads of its friends, a number is not taken for a text. */
  private static ObjectReader reader() {
    JsonMapper strict = HubJson.mapper().copy();
    strict
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return strict.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }
}
