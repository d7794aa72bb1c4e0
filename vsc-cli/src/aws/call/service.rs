//! The called services and their endpoints.

use aws_config::SdkConfig;
use aws_types::region::Region;
use aws_types::service_config::ServiceConfigKey;

/// A service.
#[derive(Debug)]
pub(crate) struct Service {
    /// Its ID in the SDK, by which its endpoint is configured.
    pub(super) id: &'static str,
    /// Its name in host names.
    pub(super) host: &'static str,
    /// Its name in signatures.
    pub(super) signing_name: &'static str,
    /// The version of its API, if requests contain it.
    pub(super) version: &'static str,
    /// Its target prefix in the requests of a JSON protocol.
    pub(super) target: &'static str,
    /// Whether it has one endpoint for all regions of a partition.
    pub(super) is_global: bool,
}

/// Instances: Amazon EC2 API Reference.
pub(crate) static EC2: Service = Service {
    id: "EC2",
    host: "ec2",
    signing_name: "ec2",
    version: "2016-11-15",
    target: "",
    is_global: false,
};

/// Parameters and commands on hosts: AWS Systems Manager API Reference.
pub(crate) static SSM: Service = Service {
    id: "SSM",
    host: "ssm",
    signing_name: "ssm",
    version: "",
    target: "AmazonSSM",
    is_global: false,
};

/// Passwords: AWS Secrets Manager API Reference.
pub(crate) static SECRETS_MANAGER: Service = Service {
    id: "Secrets Manager",
    host: "secretsmanager",
    signing_name: "secretsmanager",
    version: "",
    target: "secretsmanager",
    is_global: false,
};

/// Quotas of the account: Service Quotas API Reference.
pub(crate) static SERVICE_QUOTAS: Service = Service {
    id: "Service Quotas",
    host: "servicequotas",
    signing_name: "servicequotas",
    version: "",
    target: "ServiceQuotasV20190624",
    is_global: false,
};

/// Hosted zones: Amazon Route 53 API Reference.
pub(crate) static ROUTE_53: Service = Service {
    id: "Route 53",
    host: "route53",
    signing_name: "route53",
    version: "",
    target: "",
    is_global: true,
};

/// Private images: Amazon ECR API Reference.
pub(crate) static ECR: Service = Service {
    id: "ECR",
    host: "api.ecr",
    signing_name: "ecr",
    version: "",
    target: "AmazonEC2ContainerRegistry_V20150921",
    is_global: false,
};

/// Templates that are too long for a request: Amazon S3 API Reference.
pub(crate) static S3: Service = Service {
    id: "S3",
    host: "s3",
    signing_name: "s3",
    version: "",
    target: "",
    is_global: false,
};

/// The services of this module.
pub(crate) static SERVICES: [&Service; 7] = [
    &EC2,
    &ECR,
    &SSM,
    &SECRETS_MANAGER,
    &SERVICE_QUOTAS,
    &ROUTE_53,
    &S3,
];

/// The endpoint configured for this service alone.
pub(crate) fn own_endpoint(config: &SdkConfig, id: &str) -> Option<String> {
    // Profiles have `secrets_manager`; of a space the SDK would make a hyphen (AWS SDKs and Tools
    // Reference Guide, "Service-specific endpoints").
    let id = id.replace(' ', "_");
    let key = ServiceConfigKey::builder()
        .service_id(&id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .ok()?;
    let url = config.service_config()?.load_config(key)?;
    // Without one of its own, this is the common one.
    (Some(url.as_str()) != config.endpoint_url()).then_some(url)
}

impl Service {
    /// Its ID in the SDK, by which its endpoint is configured.
    pub(crate) fn id(&self) -> &'static str {
        self.id
    }

    pub(super) fn is_s3(&self) -> bool {
        self.signing_name == S3.signing_name
    }

    /// The endpoint: the one configured for this service or for all, or that of the region.
    pub(super) fn endpoint(&self, config: &SdkConfig) -> String {
        let own = own_endpoint(config, self.id);
        let configured = own.or_else(|| config.endpoint_url().map(str::to_owned));
        configured.unwrap_or_else(|| {
            let region = region(config);
            let suffix = dns_suffix(region.as_ref());
            if self.is_global {
                format!("https://{}.{suffix}", self.host)
            } else {
                format!("https://{}.{region}.{suffix}", self.host)
            }
        })
    }

    /// The endpoint of AWS in a region, whatever is configured.
    pub(crate) fn regional(&self, region: &str) -> String {
        format!("https://{}.{region}.{}", self.host, dns_suffix(region))
    }

    pub(super) fn signing_region(&self, config: &SdkConfig) -> Region {
        let region = region(config);
        if !self.is_global {
            return region;
        }
        // A global service is signed for the first region of its partition.
        Region::from_static(match region.as_ref() {
            china if china.starts_with("cn-") => "cn-northwest-1",
            government if government.starts_with("us-gov-") => "us-gov-west-1",
            _ => "us-east-1",
        })
    }
}

fn region(config: &SdkConfig) -> Region {
    let region = config.region().cloned();
    region.unwrap_or_else(|| Region::from_static("us-east-1"))
}

/// The DNS suffix of a region's partition.
fn dns_suffix(region: &str) -> &'static str {
    if region.starts_with("cn-") {
        "amazonaws.com.cn"
    } else {
        "amazonaws.com"
    }
}

#[cfg(test)]
mod tests {
    use aws_types::service_config::LoadServiceConfig;

    use super::*;

    fn config(region: &'static str) -> SdkConfig {
        SdkConfig::builder()
            .region(Region::from_static(region))
            .build()
    }

    #[test]
    fn services_have_regional_endpoints() {
        let here = config("eu-west-1");
        assert_eq!(EC2.endpoint(&here), "https://ec2.eu-west-1.amazonaws.com");
        assert_eq!(
            ECR.endpoint(&here),
            "https://api.ecr.eu-west-1.amazonaws.com"
        );
        assert_eq!(ROUTE_53.endpoint(&here), "https://route53.amazonaws.com");
        assert_eq!(ROUTE_53.signing_region(&here).as_ref(), "us-east-1");
        let china = config("cn-north-1");
        assert_eq!(
            SSM.endpoint(&china),
            "https://ssm.cn-north-1.amazonaws.com.cn"
        );
    }

    #[test]
    fn a_configured_endpoint_is_used() {
        let local = SdkConfig::builder()
            .endpoint_url("http://localhost:5000")
            .build();
        assert_eq!(EC2.endpoint(&local), "http://localhost:5000");
    }

    #[test]
    fn a_global_service_is_signed_for_the_first_region_of_its_partition() {
        for (region, signed) in [
            ("eu-west-1", "us-east-1"),
            ("cn-north-1", "cn-northwest-1"),
            ("us-gov-east-1", "us-gov-west-1"),
        ] {
            assert_eq!(ROUTE_53.signing_region(&config(region)).as_ref(), signed);
            assert_eq!(EC2.signing_region(&config(region)).as_ref(), region);
        }
        assert_eq!(
            ROUTE_53.endpoint(&config("cn-north-1")),
            "https://route53.amazonaws.com.cn"
        );
        let nowhere = SdkConfig::builder().build();
        assert_eq!(
            EC2.endpoint(&nowhere),
            "https://ec2.us-east-1.amazonaws.com"
        );
        assert!(S3.is_s3() && !EC2.is_s3());
    }

    /// Settings of two services, by their IDs in the environment.
    #[derive(Debug)]
    struct Two;

    impl LoadServiceConfig for Two {
        fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
            assert_eq!(
                (key.env(), key.profile()),
                ("AWS_ENDPOINT_URL", "endpoint_url")
            );
            match key.service_id() {
                "Secrets_Manager" => Some("http://localhost:1".to_owned()),
                "EC2" => Some("http://localhost:2".to_owned()),
                _ => None,
            }
        }
    }

    #[test]
    fn a_service_endpoint_takes_precedence() {
        let config = SdkConfig::builder()
            .endpoint_url("http://localhost:2")
            .service_config(Two)
            .build();
        let own = |id| own_endpoint(&config, id);
        assert_eq!(
            own("Secrets Manager").as_deref(),
            Some("http://localhost:1")
        );
        // The common endpoint is not a service's own.
        assert_eq!((own("EC2"), own("SSM")), (None, None));
        assert_eq!(SECRETS_MANAGER.endpoint(&config), "http://localhost:1");
        assert_eq!(SSM.endpoint(&config), "http://localhost:2");
    }
}
