//! Objects as values: `Metadata` and the policies of a resource.

use vsc_spec::{Json, Object};

use super::identifier::Fits;
use super::value::{Always, IntoValue, Value};

/// The result of a function may be an object.
#[diagnostic::do_not_recommend]
impl Fits<Object> for Json {}

macro_rules! objects {
    ($($type:ty: $value:ident => $json:expr;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoValue<Object> for $type {
            type Presence = Always;

            fn into_value(self) -> Value<Object> {
                let $value = self;
                Value::from_json($json)
            }
        }
    )+};
}

objects! {
    Object: object => Json::Object(object);
    &Object: object => Json::Object(object.clone());
    Json: json => json;
    &Json: json => json.clone();
}
