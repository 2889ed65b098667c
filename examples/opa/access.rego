# Rules of one organisation over the access graph:
#
#   leasehold graph tfplan | conftest test --policy examples/opa -
#   leasehold graph tfplan | opa eval --format pretty --data examples/opa --stdin-input 'data.main.deny'
#
# The shape of `input` is published: leasehold/graph.schema.json.
package main

import rego.v1

# A long-lived secret needs an end, and a short one.
deny contains message if {
	some identity in input.identities
	some credential in identity.credentials
	credential.form == "static"
	credential.end.kind == "none"
	message := sprintf("%s: %s %s never ends", [identity.address, credential.noun, credential.address])
}

# Pipelines reach production through an environment of their own, which asks somebody first.
deny contains message if {
	some identity in input.identities
	identity.labels.environment == "production"
	some way in identity.ways
	contains(way.who, "(GitHub)")
	not contains(way.who, "environment production")
	message := sprintf("%s: %s needs no approval", [identity.address, way.who])
}

# Nobody becomes an administrator through somebody else.
deny contains message if {
	some route in input.routes
	some identity in input.identities
	identity.address == route.to
	identity.privileged
	message := sprintf("%s can act as %s, which is privileged", [route.from, route.to])
}

warn contains message if {
	some identity in input.identities
	identity.package == null
	identity.privileged
	message := sprintf("%s is privileged and in no access package", [identity.address])
}
