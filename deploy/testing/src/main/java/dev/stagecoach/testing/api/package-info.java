/**
 * What a service offers over HTTP, held against what is written about it: who may what ({@link
 * dev.stagecoach.testing.api.AccessTable}), and its OpenAPI document, {@code META-INF/openapi.yaml}: it is valid and complete
 * ({@link dev.stagecoach.testing.api.OpenApiDocument}), names the routes of the code and no others ({@link
 * dev.stagecoach.testing.api.OpenApiRoutes}), describes records as they are written ({@link
 * dev.stagecoach.testing.api.OpenApiRecords}), and the running service answers each of its examples as it says ({@link
 * dev.stagecoach.testing.api.OpenApiExamples}).
 */
@NullMarked
package dev.stagecoach.testing.api;

import org.jspecify.annotations.NullMarked;
