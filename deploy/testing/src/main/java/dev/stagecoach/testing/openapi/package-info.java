/**
 * Holds a service and its OpenAPI document, {@code META-INF/openapi.yaml}, against each other: the document is valid and complete
 * ({@link dev.stagecoach.testing.openapi.OpenApiDocument}), names the routes of the code and no others ({@link
 * dev.stagecoach.testing.openapi.OpenApiRoutes}), describes records as they are written ({@link
 * dev.stagecoach.testing.openapi.OpenApiRecords}), and the running service answers each of its examples as it says ({@link
 * dev.stagecoach.testing.openapi.OpenApiExamples}).
 */
@NullMarked
package dev.stagecoach.testing.openapi;

import org.jspecify.annotations.NullMarked;
