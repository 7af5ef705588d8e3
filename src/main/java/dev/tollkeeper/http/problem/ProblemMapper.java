package dev.tollkeeper.http.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import dev.tollkeeper.database.DatabaseFailures;
import dev.tollkeeper.database.OutageLog;
import dev.tollkeeper.http.RequestInfo;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;

/** The one place where failures become responses. What is not known here is a fault of ours: logged, and told as one. */
class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private final OutageLog outages;

    ProblemMapper(OutageLog outages) {
        this.outages = outages;
    }

    @ServerExceptionMapper
    RestResponse<Problem> domainError(DomainError error, RoutingContext request) {
        return Problems.response(error, request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unauthorized(UnauthorizedException noCredential, RoutingContext request) {
        return Problems.response(ErrorCode.CREDENTIALS_MISSING,
                "This call needs a credential: send 'Authorization: Bearer <API key or user token>'.", request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> authenticationFailed(AuthenticationFailedException failed, RoutingContext request) {
        if (failed.getCause() instanceof DomainError known) {
            return Problems.response(known, request);
        }
        return Problems.response(ErrorCode.TOKEN_INVALID, "The credential cannot be used. Sign in again.", request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> forbidden(ForbiddenException denied, RoutingContext request) {
        return Problems.response(ErrorCode.OPERATOR_REQUIRED, "This call is not open to your credential.", request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> invalid(ConstraintViolationException invalid, RoutingContext request) {
        List<FieldError> errors = new ArrayList<>();
        for (ConstraintViolation<?> violation : invalid.getConstraintViolations()) {
            errors.add(new FieldError(field(violation.getPropertyPath()), violation.getMessage()));
        }
        errors.sort(java.util.Comparator.comparing(FieldError::field).thenComparing(FieldError::message));
        return Problems.response(DomainError.invalidFields(errors), request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unknownField(UnrecognizedPropertyException unknown, RoutingContext request) {
        String field = field(unknown);
        return Problems.response(DomainError.invalidField(field, "is not a field of this request. Nothing was changed"),
                request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> wrongType(MismatchedInputException mismatch, RoutingContext request) {
        String field = field(mismatch);
        if (mismatch.getCause() instanceof DomainError known) {
            return Problems.response(known, request);
        }
        if (field.isEmpty()) {
            return Problems.response(DomainError.invalidRequest("The body must be a JSON object with this call's fields."),
                    request);
        }
        return Problems.response(DomainError.invalidField(field, "has a value of the wrong type"), request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unusableJson(JsonMappingException unusable, RoutingContext request) {
        if (unusable.getCause() instanceof DomainError known) {
            return Problems.response(known, request);
        }
        String field = field(unusable);
        if (field.isEmpty()) {
            return Problems.response(DomainError.invalidRequest("The body cannot be used as this call's JSON."), request);
        }
        return Problems.response(DomainError.invalidField(field, "cannot be read"), request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unreadableJson(JsonProcessingException unreadable, RoutingContext request) {
        var at = unreadable.getLocation();
        String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return Problems.response(DomainError.invalidRequest("The body is not well-formed JSON" + where + "."), request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> refusedByJaxRs(WebApplicationException refused, RoutingContext request) {
        // A reader of a field that knows better comes first: Jackson wraps what it says.
        for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof DomainError known) {
                return Problems.response(known, request);
            }
        }
        for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnrecognizedPropertyException unknown) {
                return unknownField(unknown, request);
            }
            if (cause instanceof MismatchedInputException mismatch) {
                return wrongType(mismatch, request);
            }
            if (cause instanceof JsonProcessingException unreadable) {
                return unreadableJson(unreadable, request);
            }
        }
        ErrorCode code = switch (refused.getResponse().getStatus()) {
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 406 -> ErrorCode.NOT_ACCEPTABLE;
            case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 500 -> ErrorCode.INTERNAL_ERROR;
            default -> ErrorCode.INVALID_REQUEST;
        };
        if (code == ErrorCode.INTERNAL_ERROR) {
            return fault(refused, request);
        }
        return Problems.response(code, sentence(code, request), request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> fault(Throwable fault, RoutingContext request) {
        if (DatabaseFailures.isReadOnly(fault)) {
            return Problems.response(DomainError.readOnly(), request);
        }
        if (fault instanceof TimeoutException || DatabaseFailures.isUnreachable(fault)) {
            outages.outOfReach(fault);
            return Problems.response(DomainError.unavailable(), request);
        }
        if (DatabaseFailures.isUnstorableText(fault)) {
            return Problems.response(
                    DomainError.invalidRequest("The request holds the character U+0000, which cannot be kept."),
                    request);
        }
        LOG.errorf(fault, "Request %s failed: %s %s", RequestInfo.requestId(request), request.request().method(),
                RequestInfo.path(request));
        return Problems.response(DomainError.internal(), request);
    }

    private static String sentence(ErrorCode code, RoutingContext request) {
        return switch (code) {
            case NOT_FOUND -> "There is nothing at this path. The API is described at /q/openapi.";
            case METHOD_NOT_ALLOWED -> "This path does not take the method " + request.request().method() + ".";
            case NOT_ACCEPTABLE -> "None of the media types in Accept can be produced here.";
            case PAYLOAD_TOO_LARGE -> "The body is larger than this call takes. Send less at a time.";
            case UNSUPPORTED_MEDIA_TYPE -> "This call does not take that Content-Type. Send application/json.";
            default -> "The request cannot be read. Check its path, parameters and body.";
        };
    }

    /** The field that a validator's path names, without the method and parameter that lead to it. */
    private static String field(Path path) {
        StringBuilder field = new StringBuilder();
        for (Path.Node node : path) {
            switch (node.getKind()) {
                case METHOD, CROSS_PARAMETER, RETURN_VALUE, BEAN -> {
                }
                case PARAMETER -> field.append(isBody(node.getName()) ? "" : SNAKE_CASE.translate(node.getName()));
                default -> append(field, node);
            }
        }
        return field.toString();
    }

    private static boolean isBody(String parameter) {
        return parameter.toLowerCase(Locale.ROOT).endsWith("body");
    }

    private static void append(StringBuilder field, Path.Node node) {
        if (node.getIndex() != null) {
            field.append('[').append(node.getIndex()).append(']');
        }
        if (node.getName() != null && !node.getName().startsWith("<")) {
            field.append(field.isEmpty() ? "" : ".").append(SNAKE_CASE.translate(node.getName()));
        }
    }

    private static String field(JsonMappingException at) {
        StringBuilder field = new StringBuilder();
        for (JsonMappingException.Reference step : at.getPath()) {
            if (step.getFieldName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return field.toString();
    }
}
