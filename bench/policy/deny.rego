# The least that a policy for plans does: look at every change.
package main

import rego.v1

deny contains message if {
	some change in input.resource_changes
	change.type == "aws_iam_user"
	message := sprintf("%s is a user", [change.address])
}
