/**
 * Sluice delivered by the real Argo CD.
 *
 * <ol>
 *   <li>{@link dev.sluice.e2e.argocd.ArgoCd} is started once, by {@code e2e/delivery/argocd}, with
 *       the health check and the actions as docs/argocd.md installs them.
 *   <li>{@link dev.sluice.e2e.argocd.GitDelivery} has a Git repository and an Application.
 * </ol>
 */
@NullMarked
package dev.sluice.e2e.argocd;

import org.jspecify.annotations.NullMarked;
