variable "carrier_api_key" {
  type      = string
  ephemeral = true
}

resource "aws_bedrockagentcore_api_key_credential_provider" "carrier" {
  name               = "parcel-carrier"
  api_key_wo         = var.carrier_api_key
  api_key_wo_version = 1
}
