/** CSV of what JSON answers have in rows. */
package dev.tollkeeper.http.csv;
