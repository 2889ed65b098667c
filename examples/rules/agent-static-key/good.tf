variable "carrier_client_secret" {
  type      = string
  ephemeral = true
}

resource "aws_bedrockagentcore_oauth2_credential_provider" "carrier" {
  name                       = "parcel-carrier"
  credential_provider_vendor = "CustomOauth2"

  oauth2_provider_config {
    custom_oauth2_provider_config {
      client_id_wo                  = "northgate-support-agent"
      client_secret_wo              = var.carrier_client_secret
      client_credentials_wo_version = 1

      oauth_discovery {
        discovery_url = "https://id.carrier.example/.well-known/openid-configuration"
      }
    }
  }
}
