/**
 * Tollkeeper, the self-hosted service behind a paid API. One package a feature; see {@code CONTRIBUTING.md}.
 */
package dev.tollkeeper;
