# docker build -t rapport .    ·    docs/operate.md says how to run it and what of this was tried
FROM node:24-bookworm-slim AS build
WORKDIR /src
# The launcher and the lockfiles first: packages are installed anew only when they change.
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml .npmrc ./
COPY tools tools
COPY scripts scripts
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY packages/schema/package.json packages/schema/
COPY packages/doc/package.json packages/doc/
COPY packages/sync/package.json packages/sync/
COPY packages/ui/package.json packages/ui/
COPY packages/domain/package.json packages/domain/
RUN node scripts/launch.mjs ready
COPY . .
RUN node scripts/launch.mjs pack /rapport

FROM node:24-bookworm-slim
COPY --from=build --chown=root:root /rapport /rapport
# The data is the only thing that this user may write.
RUN mkdir /data && chown node:node /data && chmod 700 /data
USER node
WORKDIR /rapport
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4321 DATA_DIR=/data
VOLUME /data
EXPOSE 4321
# 503 while nothing can be saved, so an orchestrator sees a full disk as well as a dead process.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Saves what it has received and ends within 5 s.
STOPSIGNAL SIGTERM
# See scripts/tasks/start.mjs.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=65536 MALLOC_TRIM_THRESHOLD_=131072
CMD ["node", "apps/server/dist/main.js"]
