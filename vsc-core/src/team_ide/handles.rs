//! Handles of the pattern's resources, with the attributes of each type.

use crate::stack::{Dependency, Handle, ResourceHandle};
use crate::template::identifier::SecurityGroupId;
use crate::template::{LogicalId, Value};

macro_rules! handles {
    ($(
        $(#[$about:meta])*
        $name:ident as $reference:ty {
            $($(#[$attribute_about:meta])* $method:ident = $attribute:literal;)*
        }
    )+) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(Handle);

        impl $name {
            pub(super) fn new(handle: Handle) -> Self {
                Self(handle)
            }

            /// `Ref`.
            pub fn reference(&self) -> Value<$reference> {
                self.0.reference()
            }

            $(
                $(#[$attribute_about])*
                pub fn $method(&self) -> Value<String> {
                    self.0.attribute($attribute)
                }
            )*
        }

        impl std::ops::Deref for $name {
            type Target = Handle;

            fn deref(&self) -> &Handle {
                &self.0
            }
        }

        #[diagnostic::do_not_recommend]
        impl Dependency for $name {
            fn dependency(&self) -> LogicalId {
                self.0.dependency()
            }
        }

        impl ResourceHandle for $name {
            type Reference = $reference;
        }
    )+};
}

handles! {
    /// The EC2 instance. As a value it is its ID.
    Host as String {
        /// Its address within the VPC.
        private_ip = "PrivateIp";
        /// Its availability zone.
        availability_zone = "AvailabilityZone";
    }

    /// The security group of the host. As a value it is its ID.
    HostSecurityGroup as SecurityGroupId {}

    /// The role of the host. As a value it is its name.
    HostRole as String {
        /// Its ARN.
        arn = "Arn";
    }

    /// The Elastic IP of the host. As a value it is the address.
    HostAddress as String {
        /// Its allocation ID.
        allocation_id = "AllocationId";
    }

    /// The record set of a developer. As a value it is the name.
    Record as String {}

    /// The password of a developer. As a value it is the ARN of the secret.
    Password as String {}

    /// The volume of the homes. As a value it is its ID.
    HomeVolume as String {}
}
