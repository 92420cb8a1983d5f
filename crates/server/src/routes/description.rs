//! What holds of all routes alike and so stands in no handler: a name for each, the headers that writes carry, the form of whatever goes wrong;
//! and what the macros cannot say: that a part which stands in a whole is not closed against the rest of it.

use crate::failure::ErrorBody;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::{
    PartialSchema as _,
    openapi::{
        ContentBuilder, Object, OpenApi, Ref, RefOr, Required, ResponseBuilder, Schema, Type,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn},
        schema::SchemaType,
    },
};

/// Fills in what each handler would say in the same words.
pub fn completed(mut description: OpenApi) -> OpenApi {
    // The form is known by name, whether or not a route names it.
    let schemas = &mut description.components.get_or_insert_default().schemas;
    schemas.entry("ErrorBody".to_owned()).or_insert_with(ErrorBody::schema);
    open_parts(schemas);
    for (path, item) in &mut description.paths.paths {
        let own = path.starts_with("/api/");
        let writes = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        writes.into_iter().flatten().for_each(|operation| complete(operation, own, own));
        item.get.iter_mut().for_each(|operation| complete(operation, own, false));
    }
    description
}

/// A schema that is one part of an `allOf` may not forbid the other parts' fields: nothing would satisfy the whole. The server still
/// refuses a field that no part knows.
fn open_parts(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    let mut parts = BTreeSet::new();
    schemas.values().for_each(|schema| part_names(schema, &mut parts));
    for name in parts {
        if let Some(RefOr::T(Schema::Object(part))) = schemas.get_mut(&name) {
            part.additional_properties = None;
        }
    }
}

/// Names of the schemas that a schema joins with others.
fn part_names(schema: &RefOr<Schema>, names: &mut BTreeSet<String>) {
    match schema {
        RefOr::T(Schema::OneOf(choice)) => choice.items.iter().for_each(|item| part_names(item, names)),
        RefOr::T(Schema::AllOf(whole)) => names.extend(whole.items.iter().filter_map(|item| match item {
            RefOr::Ref(part) => part.ref_location.rsplit('/').next().map(str::to_owned),
            RefOr::T(_) => None,
        })),
        _ => {}
    }
}

fn complete(operation: &mut Operation, own: bool, writes: bool) {
    // Handlers of different things have the same short name.
    if let (Some(tag), Some(id)) =
        (operation.tags.as_ref().and_then(|tags| tags.first()), &operation.operation_id)
    {
        operation.operation_id = Some(format!("{}_{id}", tag.replace('-', "_")));
    }
    if own {
        let error = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build();
        let default = ResponseBuilder::new()
            .description("代码、说明、下一步")
            .content("application/json", error)
            .build();
        operation.responses.responses.insert("default".to_owned(), RefOr::T(default));
    }
    if writes {
        let headers = [
            ("X-CSRF-Token", "会话的令牌，登录时给出；与会话的 Cookie 一起发送"),
            ("Idempotency-Key", "每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同"),
        ];
        operation
            .parameters
            .get_or_insert_default()
            .extend(headers.map(|(name, words)| RefOr::T(header(name, words))));
    }
}

/// A header of all writes but for signing in, which has no session yet.
fn header(name: &str, words: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(words))
        .schema(Some(Object::with_type(SchemaType::Type(Type::String))))
        .build()
}
