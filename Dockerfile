# A small image that runs as nobody in particular and needs no network:
#   docker build -t leasehold . && docker run --rm --network none -v "$PWD:/work:ro" leasehold lint tfplan
FROM node:24-alpine AS build
WORKDIR /source
COPY . .
RUN npm ci --ignore-scripts && npm run build && npm pack --ignore-scripts --pack-destination /tmp \
 && npm install --prefix /app --omit=dev --omit=peer --ignore-scripts --no-audit --no-fund /tmp/leasehold-*.tgz

FROM node:24-alpine
COPY --from=build /app/node_modules/leasehold /app
USER node
WORKDIR /work
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["--help"]
