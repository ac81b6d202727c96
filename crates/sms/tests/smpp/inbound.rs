//! What comes in: texts, parts and receipts, acknowledged when they are stored and not before.

use std::num::NonZeroUsize;

use serde_json::{Value, json};
use sms::message::{About, Concatenation, Inbound, Incoming, Receipt, ReceiptState, Submission};
use sms::smpp::{Deliveries, ReceiptIds, normal_id};

use crate::npm::Smsc;
use crate::support::{piece, soon};

/// An order to deliver a resident's message, with more fields.
fn deliver(fields: Value) -> Value {
    let mut order = json!({ "source_addr_ton": 1, "source_addr_npi": 1, "source_addr": "33612345678",
        "dest_addr_ton": 3, "destination_addr": "36555" });
    if let (Some(order), Value::Object(fields)) = (order.as_object_mut(), fields) {
        order.extend(fields);
    }
    json!({ "deliver": order })
}

/// The next message, stored.
async fn message(deliveries: &mut Deliveries) -> Inbound {
    let delivery = soon("a delivery", deliveries.next()).await.expect("a delivery");
    delivery.acknowledgement.stored();
    match delivery.incoming {
        Incoming::Message(message) => message,
        other => panic!("{other:?}"),
    }
}

/// The next receipt, stored.
async fn receipt(deliveries: &mut Deliveries) -> Receipt {
    let delivery = soon("a delivery", deliveries.next()).await.expect("a delivery");
    delivery.acknowledgement.stored();
    match delivery.incoming {
        Incoming::Receipt(receipt) => receipt,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn texts_are_read_by_their_data_coding() {
    let (mut smsc, _session, mut deliveries) = Smsc::bound(json!({}), |_| {}).await;
    for (fields, text) in [
        // The package labels GSM text as data_coding 1.
        (
            json!({ "short_message": { "message": "à l'été, 3 €" } }),
            "à l'été, 3 €",
        ),
        (
            json!({ "data_coding": 0, "short_message": { "message": { "hex": "0574053f" } } }),
            "été?",
        ),
        (
            json!({ "data_coding": 3, "short_message": { "message": { "hex": "e974e93f" } } }),
            "été?",
        ),
        (
            json!({ "short_message": { "message": "Где бассейн? 😀" } }),
            "Где бассейн? 😀",
        ),
        (
            json!({ "message_payload": { "message": "long ".repeat(100) } }),
            "long ".repeat(100).as_str(),
        ),
        (
            json!({ "command": "data_sm", "message_payload": { "message": "par data_sm" } }),
            "par data_sm",
        ),
    ] {
        smsc.order(&deliver(fields));
        let message = message(&mut deliveries).await;
        assert_eq!(message.text, text);
        assert_eq!(
            (message.from.as_str(), message.to.as_str()),
            ("+33612345678", "36555")
        );
        assert_eq!(smsc.next("answer").await["status"], 0);
    }
}

#[tokio::test]
async fn nothing_is_acknowledged_before_it_is_stored() {
    let (mut smsc, session, mut deliveries) = Smsc::bound(json!({}), |_| {}).await;
    smsc.next("bind").await;
    smsc.order(&deliver(json!({ "short_message": { "message": "piscine ?" } })));
    let delivery = soon("a delivery", deliveries.next()).await.expect("a delivery");
    // The link answers other things meanwhile, and this one not.
    smsc.order(&json!({ "enquire": true }));
    assert_eq!(smsc.any().await["event"], "enquire_link_resp");
    assert_eq!(smsc.any().await["event"], "alive");
    delivery.acknowledgement.stored();
    assert_eq!(smsc.any().await["event"], "deliver_sm_resp");
    assert_eq!(smsc.next("answer").await["status"], 0);
    soon("counted", session.until(|status| status.counters.stored == 1)).await;
}

#[tokio::test]
async fn what_is_not_stored_is_asked_for_again_later() {
    let (mut smsc, session, mut deliveries) = Smsc::bound(json!({}), |config| {
        config.inbound = NonZeroUsize::new(2).expect("two");
    })
    .await;
    for mark in 1..=3 {
        smsc.order(&deliver(
            json!({ "mark": mark, "short_message": { "message": "piscine ?" } }),
        ));
    }
    let first = soon("a delivery", deliveries.next()).await.expect("a delivery");
    // The queue holds two: the third is put off at once.
    let answer = smsc.next("answer").await;
    assert_eq!((&answer["mark"], &answer["status"]), (&json!(3), &json!(0x64)));
    // Storing failed.
    drop(first);
    let answer = smsc.next("answer").await;
    assert_eq!((&answer["mark"], &answer["status"]), (&json!(1), &json!(0x64)));
    // Nobody listens any more.
    drop(deliveries);
    let answer = smsc.next("answer").await;
    assert_eq!((&answer["mark"], &answer["status"]), (&json!(2), &json!(0x64)));
    smsc.order(&deliver(
        json!({ "mark": 4, "short_message": { "message": "piscine ?" } }),
    ));
    assert_eq!(smsc.next("answer").await["status"], 0x64);
    soon("counted", session.until(|status| status.counters.put_off == 4)).await;
}

#[tokio::test]
async fn parts_are_told_by_header_in_any_order_by_sar_and_in_payloads() {
    let (mut smsc, _session, mut deliveries) = Smsc::bound(json!({}), |_| {}).await;
    for part in [3, 2, 1] {
        let header = format!("0500032a030{part}");
        smsc.order(&deliver(json!({ "esm_class": 0x40,
            "short_message": { "udh": { "hex": header }, "message": format!("partie {part}") } })));
        let message = message(&mut deliveries).await;
        assert_eq!(message.text, format!("partie {part}"));
        assert_eq!(message.concatenation, Concatenation::new(0x2a, 3, part));
    }
    smsc.order(&deliver(json!({ "esm_class": 0x40,
        "short_message": { "udh": { "hex": "06080412340201" }, "message": "à seize bits" } })));
    let wide = message(&mut deliveries).await;
    assert_eq!(
        (wide.text.as_str(), wide.concatenation),
        ("à seize bits", Concatenation::new(0x1234, 2, 1))
    );
    smsc.order(&deliver(
        json!({ "sar_msg_ref_num": 300, "sar_total_segments": 2, "sar_segment_seqnum": 2,
        "short_message": { "message": "par sar" } }),
    ));
    let sar = message(&mut deliveries).await;
    assert_eq!(
        (sar.text.as_str(), sar.concatenation),
        ("par sar", Concatenation::new(300, 2, 2))
    );
}

#[tokio::test]
async fn receipts_come_early_and_late_with_ids_written_otherwise() {
    for (receipts, ids, id, receipt_ids) in [
        ("early", "hexadecimal", "1A2B", ReceiptIds::Decimal),
        ("late", "decimal", "6699", ReceiptIds::Same),
    ] {
        let settings = json!({ "receipts": receipts, "ids": ids });
        let configured = Smsc::bound(settings, |config| config.receipt_ids = receipt_ids);
        let (_smsc, session, mut deliveries) = configured.await;
        let outcome = soon("a response", session.submit(piece("ouvert"))).await;
        assert_eq!(outcome, Submission::Accepted { id: Some(id.into()) });
        let receipt = receipt(&mut deliveries).await;
        assert_eq!(receipt.state, ReceiptState::Delivered);
        let About::Theirs(theirs) = receipt.about else {
            panic!("the SMSC's own id");
        };
        assert_eq!(normal_id(&theirs), normal_id(id));
    }
}

#[tokio::test]
async fn parameters_of_a_receipt_come_before_its_text() {
    let (mut smsc, _session, mut deliveries) = Smsc::bound(json!({}), |_| {}).await;
    smsc.order(&deliver(
        json!({ "esm_class": 4, "receipted_message_id": "ab12", "message_state": 5,
        "short_message": { "message": "id:999 stat:DELIVRD err:027" } }),
    ));
    let receipt = receipt(&mut deliveries).await;
    assert_eq!(receipt.about, About::Theirs("ab12".into()));
    assert_eq!(receipt.state, ReceiptState::Undeliverable);
    assert_eq!(receipt.error.as_deref(), Some("027"));
}
